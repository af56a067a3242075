namespace JobServer.Benchmarks;

/// <summary>Measured durations of one thing.</summary>
internal sealed class Times(int count)
{
    private readonly List<double> _milliseconds = new(count);

    public void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    /// <returns>In milliseconds.</returns>
    public double Percentile(double fraction)
    {
        var sorted = _milliseconds.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(fraction * sorted.Count))];
    }
}
