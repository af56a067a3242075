namespace JobServer.Portal.Tests;

/// <summary>Waits for a condition with a deadline.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(20), "The condition never became true.");
            await Task.Delay(10);
        }
    }
}
