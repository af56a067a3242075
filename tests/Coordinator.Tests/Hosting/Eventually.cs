using Microsoft.Extensions.Time.Testing;

namespace JobServer.Coordinator.Tests.Hosting;

/// <summary>Waits for conditions with a deadline, so that no test sleeps for luck.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"Not within {Deadline.TotalSeconds} s: {what}");
            await Task.Delay(Step);
        }
    }

    /// <summary>Moves the clock step by step until the task has ended.</summary>
    /// <returns>How far the clock was moved.</returns>
    public static async Task<TimeSpan> AdvanceAsync(this FakeTimeProvider clock, TimeSpan step, Task until)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var start = clock.GetUtcNow();
        while (!until.IsCompleted)
        {
            Assert.False(deadline.IsCancellationRequested, $"Not within {Deadline.TotalSeconds} s and {clock.GetUtcNow() - start} of the test's clock.");
            clock.Advance(step);
            await Task.WhenAny(until, Task.Delay(Step));
        }

        return clock.GetUtcNow() - start;
    }
}
