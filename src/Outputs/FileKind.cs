namespace JobServer.Outputs;

internal enum FileKind
{
    Missing,
    Regular,
    Directory,

    /// <summary>A link, device, pipe or socket: never an output.</summary>
    Other,
}
