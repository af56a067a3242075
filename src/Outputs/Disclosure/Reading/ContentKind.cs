namespace JobServer.Outputs.Disclosure.Reading;

/// <summary>How the rules read a file.</summary>
internal enum ContentKind
{
    Unknown,
    Table,
    Text,
    Html,
    VectorPicture,
    RasterPicture,
}
