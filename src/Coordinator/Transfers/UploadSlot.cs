namespace JobServer.Coordinator.Transfers;

/// <summary>The place of one upload, and the part of the disk that is promised to it.</summary>
internal sealed class UploadSlot(UploadSlots owner, IDisposable place, string uploadId, long promised) : IDisposable
{
    private long _left = promised;

    /// <summary>What has come is on the disk and needs no promise any more.</summary>
    /// <param name="bytes">More than was promised is no less.</param>
    public void Received(long bytes)
    {
        var settled = Math.Min(bytes, _left);
        _left -= settled;
        owner.Settle(settled);
    }

    public void Dispose()
    {
        Received(_left);
        owner.Leave(uploadId, place);
    }
}
