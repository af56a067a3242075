namespace JobServer.Data.Jobs;

/// <summary>A project, a person in it, or a workspace of that person, with what it holds and what of it waits.</summary>
internal sealed class FairShare(int weight)
{
    private readonly SortedDictionary<int, FairShare> _parts = [];
    private readonly Queue<QueueRow> _waiting = [];
    private (int Request, int Position)? _oldest;
    private long _held;

    public bool IsWaiting => _oldest is not null;

    public FairShare Part(int key, int partWeight)
    {
        if (!_parts.TryGetValue(key, out var part))
        {
            _parts[key] = part = new FairShare(partWeight);
        }

        return part;
    }

    public void Hold(int slots) => _held += slots;

    /// <summary>Jobs must come oldest first.</summary>
    public void Wait(QueueRow job)
    {
        _waiting.Enqueue(job);
        Note(job.Age);
    }

    /// <summary>The oldest that waits in it or in a part of it.</summary>
    public void Note((int Request, int Position) age) => _oldest = _oldest is { } oldest && oldest.CompareTo(age) < 0 ? oldest : age;

    /// <summary>Takes the next job: of the part that holds least for its weight; where two hold the same, of the one that waits longest.</summary>
    public QueueRow Take()
    {
        FairShare? next = null;
        foreach (var part in _parts.Values)
        {
            if (part.IsWaiting && (next is null || part.ComesBefore(next)))
            {
                next = part;
            }
        }

        var job = next is null ? _waiting.Dequeue() : next.Take();
        _held += job.Slots;
        _oldest = next is null ? (_waiting.TryPeek(out var following) ? following.Age : null) : OldestOfParts();
        return job;
    }

    private bool ComesBefore(FairShare other)
    {
        // held/weight, compared without division.
        var order = (_held * other.Weight).CompareTo(other._held * Weight);
        return order != 0 ? order < 0 : _oldest!.Value.CompareTo(other._oldest!.Value) < 0;
    }

    private int Weight { get; } = Math.Max(1, weight);

    private (int Request, int Position)? OldestOfParts()
    {
        (int Request, int Position)? oldest = null;
        foreach (var part in _parts.Values)
        {
            if (part._oldest is { } age && (oldest is not { } best || age.CompareTo(best) < 0))
            {
                oldest = age;
            }
        }

        return oldest;
    }
}
