import { rightsOver } from './matrix.js'

rightsOver('socket')
