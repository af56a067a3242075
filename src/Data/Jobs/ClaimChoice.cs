namespace JobServer.Data.Jobs;

/// <summary>Who should get which of the jobs that wait: agents take in turn from the one order of the queue.</summary>
internal sealed class ClaimChoice
{
    private readonly List<(ClaimAsk Ask, QueueRow Job)> _chosen = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public IReadOnlyList<(ClaimAsk Ask, QueueRow Job)> Chosen => _chosen;

    /// <summary>Gives each agent what fits into its free slots.</summary>
    /// <param name="queue">What waits at their backend and what is held there; what was chosen before counts as held.</param>
    /// <param name="seekers">Agents that could take the same heaviest job.</param>
    /// <param name="most">Not more jobs than this.</param>
    /// <remarks>
    /// A job that an agent could take if more slots were free stops its choice: otherwise lighter ones would pass it for ever.
    /// One that is heavier than all the agent has must not be in the queue: it is left to others.
    /// </remarks>
    public void Fit(IReadOnlyList<QueueRow> queue, IReadOnlyList<ClaimSeeker> seekers, int most)
    {
        var rows = queue.Where(row => row.Id is null || !_taken.Contains(row.Id))
            .Concat(_chosen.Select(pair => pair.Job with { Id = null }))
            .ToList();
        foreach (var usesDatabase in new[] { true, false })
        {
            using var order = FairQueue.Order(rows, usesDatabase).GetEnumerator();
            var isMore = order.MoveNext();
            foreach (var seeker in seekers)
            {
                var room = seeker.Free.Of(usesDatabase);
                while (isMore && order.Current.Slots <= room && _chosen.Count < most)
                {
                    room -= order.Current.Slots;
                    _chosen.Add((seeker.Ask, order.Current));
                    _taken.Add(order.Current.Id!);
                    isMore = order.MoveNext();
                }
            }
        }
    }
}
