namespace JobServer.Cli;

internal static class ExitStatus
{
    /// <summary>All files are valid, or the plan was made.</summary>
    public const int Fine = 0;

    /// <summary>A file has errors, or the request was refused.</summary>
    public const int Problems = 1;

    /// <summary>A file cannot be read, or the command makes no sense.</summary>
    public const int Unusable = 2;
}
