namespace JobServer.Portal.Releases;

/// <summary>Others read large files just now; whoever asks again in a minute is served.</summary>
public sealed class LargeFilesBusyException : Exception
{
    public LargeFilesBusyException()
        : base("Several large files are being read just now. Try again in a minute.")
    {
    }

    public LargeFilesBusyException(string message)
        : base(message)
    {
    }

    public LargeFilesBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
