namespace JobServer.Benchmarks.Servers;

internal enum ServerKind
{
    /// <summary>The real host.</summary>
    Coordinator,

    /// <summary>The real portal.</summary>
    Portal,

    /// <summary>gRPC streams and nothing behind them: what the transport costs.</summary>
    Bare,
}
