export { delegationColour } from '@multilogue/shared/colour'
