// Links inside the portal: as text, and with the looks of a button. Real links, so that they open in a new tab like any other.
import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ReactNode, Ref } from 'react'

interface LinkParts {
  ref?: Ref<HTMLAnchorElement>
  children?: ReactNode
}

export const TextLink = createLink((props: Omit<AnchorProps, 'href'> & LinkParts) => <Anchor underline="always" {...props} />)

export const LinkButton = createLink((props: Omit<ButtonProps, 'href'> & LinkParts) => <Button component="a" {...props} />)
