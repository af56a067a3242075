namespace JobServer.Data.Jobs;

/// <summary>What one attempt may send, all its files together.</summary>
/// <param name="Files">How many.</param>
/// <param name="Bytes">Their announced sizes.</param>
public sealed record UploadLimits(int Files, long Bytes)
{
    public static UploadLimits None { get; } = new(int.MaxValue, long.MaxValue);
}
