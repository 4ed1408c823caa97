import { rightsOver } from './matrix.js'

rightsOver('http')
