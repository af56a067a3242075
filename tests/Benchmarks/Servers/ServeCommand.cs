namespace JobServer.Benchmarks.Servers;

/// <summary>The other side of <see cref="ServerProcess"/>: a server in a process of its own, so that the client's memory is not counted.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";
    public const string Heap = "heap";

    public static async Task RunAsync(ServerKind kind, string folder, string listen)
    {
        await using var app = kind switch
        {
            ServerKind.Coordinator => CoordinatorUnderTest.Create(folder, listen),
            ServerKind.Portal => PortalUnderTest.Create(folder, listen),
            ServerKind.Bare => BareServer.Create(listen),
        };
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());

        // The end of the input is the end of the parent.
        while (Console.ReadLine() is Heap)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Console.WriteLine(GC.GetTotalMemory(forceFullCollection: false));
        }

        await app.StopAsync();
    }
}
