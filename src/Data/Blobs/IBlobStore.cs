namespace JobServer.Data.Blobs;

/// <summary>Files by their SHA-256. A stored blob never changes.</summary>
public interface IBlobStore
{
    /// <summary>The size in bytes, or null when there is no such blob.</summary>
    long? SizeOf(string digest);

    /// <exception cref="FileNotFoundException">No such blob.</exception>
    Stream OpenRead(string digest);

    /// <summary>Stores what the stream holds; it is durable when this returns.</summary>
    /// <exception cref="InvalidDataException">The stream holds more than <paramref name="maxSize"/> bytes.</exception>
    Task<StoredBlob> PutAsync(Stream content, long maxSize, CancellationToken cancellationToken);

    /// <summary>Opens the unfinished file of an upload for reading, and for writing at an offset, cutting what lies beyond it.</summary>
    /// <exception cref="InvalidDataException">The file is shorter than the offset.</exception>
    Task<Stream> OpenPartialAsync(string uploadId, long offset, CancellationToken cancellationToken);

    /// <summary>Makes durable what was written to the unfinished file so far; its writer may write on meanwhile, but not close it.</summary>
    /// <param name="partial">From <see cref="OpenPartialAsync"/>, with nothing left in its own buffer.</param>
    Task FlushPartialAsync(Stream partial);

    /// <summary>Bytes of the unfinished file on disk; 0 when there is none.</summary>
    long PartialSize(string uploadId);

    /// <summary>Checks size and digest and makes the unfinished file a blob; false leaves nothing of it.</summary>
    Task<bool> CompletePartialAsync(string uploadId, string digest, long size, CancellationToken cancellationToken);

    /// <summary>Makes the unfinished file a blob by what its writer computed while writing and flushing it, without reading it again.</summary>
    void CompleteWritten(string uploadId, string digest);

    /// <summary>In bytes, what may still be stored before the disk's reserve is touched; negative when it is.</summary>
    long SpareRoom();

    void DiscardPartial(string uploadId);
}
