import { ApiProperty } from '@nestjs/swagger';

/** The id of what a request has just created. */
export class NewIdDto {
  @ApiProperty()
  id!: string;
}
