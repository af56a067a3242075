namespace JobServer.Domain.Jobs;

public enum OutputDisposition
{
    /// <summary>At the site, as its privacy level says.</summary>
    Kept,

    /// <summary>In the blob store, waiting for a decision or released.</summary>
    Uploaded,

    /// <summary>A limit or check keeps it at the site.</summary>
    Excluded,
}
