/** A field with the bytes that it has, for whoever shows decoded fields beside hex. */
export interface Mark {
  /** Of its first byte. */
  offset: number;
  /** Bytes, the length in front of a string or buffer included. */
  length: number;
  /** Its name in zookeeper.jute, with those of the records around it, e.g. `acl[0].scheme`. */
  field: string;
  /** Its jute type; `vector` is a count, `length` the length of a frame or of a buffer with content. */
  type: 'bool' | 'int' | 'long' | 'ustring' | 'buffer' | 'vector' | 'length' | 'bytes';
  /** As ZooKeeper prints it: zxids and sessions in hex, ops and errors by name, texts in quotes. */
  value: string;
}
