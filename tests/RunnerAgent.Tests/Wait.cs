using System.Diagnostics;

namespace JobServer.RunnerAgent.Tests;

internal static class Wait
{
    public static async Task UntilAsync(Func<bool> condition, string what, int seconds = 30)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed.TotalSeconds > seconds)
                Assert.Fail($"Waited {seconds} s in vain: {what}");

            await Task.Delay(20);
        }
    }
}
