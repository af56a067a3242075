namespace JobServer.RunnerAgent.Journal;

/// <summary>The little of a file system that a journal needs, so that a test can tear it.</summary>
internal interface IJournalStorage
{
    /// <summary>Null when there is no journal yet.</summary>
    byte[]? Read();

    /// <summary>Puts new content in place of all that was there, durably: after a crash either is found whole.</summary>
    void Replace(ReadOnlySpan<byte> content);

    /// <summary>Adds at the end; durable only after <see cref="Flush"/>.</summary>
    void Append(ReadOnlySpan<byte> record);

    void Flush();

    /// <summary>Cuts a torn record off the end, durably.</summary>
    void Truncate(long length);
}
