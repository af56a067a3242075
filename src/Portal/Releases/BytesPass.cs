namespace JobServer.Portal.Releases;

/// <summary>Looks at the next bytes of a file.</summary>
internal delegate void BytesPass(ReadOnlySpan<byte> bytes);
