namespace JobServer.Portal.Releases;

/// <summary>The stored bytes of a released file are missing or are not those that were released.</summary>
public sealed class DamagedBlobException : IOException
{
    public DamagedBlobException()
        : base("The stored bytes of a released file are missing or do not match its digest.")
    {
    }

    public DamagedBlobException(string message)
        : base(message)
    {
    }

    public DamagedBlobException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
