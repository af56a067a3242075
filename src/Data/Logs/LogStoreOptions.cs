namespace JobServer.Data.Logs;

public sealed class LogStoreOptions
{
    public const string Section = "Logs";

    /// <summary>Shared by Coordinator and Portal. Empty: <c>logs</c> beside the directory of the blobs.</summary>
    public string Directory { get; set; } = "";
}
