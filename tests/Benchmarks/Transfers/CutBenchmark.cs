using JobServer.Benchmarks.Servers;

namespace JobServer.Benchmarks.Transfers;

/// <summary>Uploads whose connections are cut once on the way.</summary>
internal static class CutBenchmark
{
    public const int Cuts = 8;

    /// <summary>One upload is not cut: what it sends is what a file costs.</summary>
    public const int Jobs = Cuts + 1;

    /// <returns>In bytes, what was sent again after each cut.</returns>
    public static async Task<IReadOnlyList<long>> RunAsync(ServerProcess server, string state, TransferFile file)
    {
        await using var proxy = new CutProxy(server.Address);
        await using var agent = new TransferAgent(proxy.Address, state, Jobs);
        await agent.StartAsync();
        var kept = await agent.KeepAsync(file.Path);
        var random = new Random(Jobs);
        var whole = 0L;
        var again = new List<long>();
        for (var i = 0; i < Jobs; i++)
        {
            var assign = await agent.NextAsync();
            proxy.Begin(i == 0 ? long.MaxValue : random.NextInt64(file.Size / 10, file.Size));
            await agent.UploadAsync(assign, kept);
            if (i == 0)
            {
                whole = proxy.Sent;
            }
            else
            {
                again.Add(proxy.Sent - whole);
            }
        }

        return again;
    }
}
