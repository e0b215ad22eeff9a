-- What an import left behind of each row, to tell whether somebody changed it since: then the run is not undone.
alter table import_changes add column after text check (length(after) = 32);   -- md5 of the row as it was left; null: the import took the row away
