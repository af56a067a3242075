namespace JobServer.Coordinator;

/// <summary>Ends calls soon after the host is told to stop: gRPC does not raise their tokens by itself.</summary>
internal sealed class StoppingRequests(RequestDelegate next, IHostApplicationLifetime lifetime, TimeProvider timeProvider)
{
    /// <summary>Enough for a session to say goodbye.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context)
    {
        using var late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        using var stopping = lifetime.ApplicationStopping.Register(() => late.CancelAfter(LastWords));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late.Token);
        context.RequestAborted = either.Token;
        await next(context);
    }
}
