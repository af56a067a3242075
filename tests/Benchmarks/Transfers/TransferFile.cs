using JobServer.Data.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Benchmarks.Transfers;

/// <summary>A file that is sent both ways, and how often.</summary>
internal sealed record TransferFile(string Path, long Size, int Rounds)
{
    private const int BlockSize = 1024 * 1024;

    /// <summary>The same bytes each time: they are made from a seed.</summary>
    public static async Task<TransferFile> MakeAsync(string folder, long size, int rounds)
    {
        var random = new Random((int)(size % int.MaxValue));
        var path = System.IO.Path.Combine(folder, $"{size}.bin");
        var block = new byte[BlockSize];
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (long left = size; left > 0; left -= BlockSize)
        {
            random.NextBytes(block);
            await file.WriteAsync(block.AsMemory(0, (int)Math.Min(left, BlockSize)));
        }

        file.Flush(flushToDisk: true);
        return new TransferFile(path, size, rounds);
    }

    public async Task<StoredBlob> PutAsync(IServiceProvider coordinator)
    {
        await using var content = File.OpenRead(Path);
        return await coordinator.GetRequiredService<IBlobStore>().PutAsync(content, long.MaxValue, CancellationToken.None);
    }
}
