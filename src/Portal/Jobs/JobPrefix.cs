using JobServer.Domain.Jobs;

namespace JobServer.Portal.Jobs;

/// <summary>The identifier of a job, or the beginning of one.</summary>
internal sealed record JobPrefix(string Text)
{
    private const int Shortest = 4;

    public bool IsWhole => Text.Length == Job.IdLength;

    /// <summary>Null for anything that begins no identifier.</summary>
    public static JobPrefix? Parse(string? text) =>
        text is { Length: >= Shortest and <= Job.IdLength } && text.All(letter => char.IsAsciiLetter(letter) || letter is >= '2' and <= '7')
            ? new JobPrefix(text.ToLowerInvariant())
            : null;

    /// <summary>A range of the key, so that an index finds it: digits sort before letters, and nothing after z.</summary>
    public IQueryable<Job> Match(IQueryable<Job> jobs)
    {
        var first = Text.PadRight(Job.IdLength, '2');
        var last = Text.PadRight(Job.IdLength, 'z');
        return jobs.Where(job => string.Compare(job.Id, first) >= 0 && string.Compare(job.Id, last) <= 0);
    }
}
