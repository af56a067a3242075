namespace JobServer.Portal.Ui;

/// <summary>Instants and durations in words.</summary>
internal static class Moments
{
    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'");

    /// <summary>"just now", "5 minutes ago", "in 2 hours"; a date when it is more than 30 days away.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = (now - at).Duration();
        if (distance < TimeSpan.FromSeconds(10))
            return "just now";
        if (distance > TimeSpan.FromDays(30))
            return at.UtcDateTime.ToString("d MMM yyyy");
        var amount = distance switch
        {
            { TotalSeconds: < 60 } => Count((int)distance.TotalSeconds, "second"),
            { TotalMinutes: < 60 } => Count((int)distance.TotalMinutes, "minute"),
            { TotalHours: < 24 } => Count((int)distance.TotalHours, "hour"),
            _ => Count((int)distance.TotalDays, "day"),
        };
        return at <= now ? $"{amount} ago" : $"in {amount}";
    }

    /// <summary>"850 ms", "12 s", "3 min 4 s", "2 h 5 min".</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => $"{Math.Max(0, (int)duration.TotalMilliseconds)} ms",
        { TotalMinutes: < 1 } => $"{(int)duration.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)duration.TotalMinutes} min {duration.Seconds} s",
        _ => $"{(int)duration.TotalHours} h {duration.Minutes} min",
    };

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
