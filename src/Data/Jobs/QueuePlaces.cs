namespace JobServer.Data.Jobs;

/// <summary>Why each waiting job of a request or a backend waits, and its place in the queue: the order of the claims, by the same function.</summary>
/// <remarks>A place says what would start before it if nothing ended meanwhile; as jobs end, shares change and so may places.</remarks>
public static class QueuePlaces
{
    /// <summary>How many jobs of one person and workspace are counted.</summary>
    public const int Window = 500;

    /// <summary>At most two queries. Jobs that an agent has, or that are being cancelled, are not in it.</summary>
    /// <returns>By the identifier of the job.</returns>
    public static async Task<IReadOnlyDictionary<string, QueuePlace>> FindAsync(
        JobServerDb db, int requestId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var backend = await WaitingBackend.ReadAsync(db, requestId, now, cancellationToken);
        return backend is null ? new Dictionary<string, QueuePlace>(StringComparer.Ordinal) : await OfAsync(db, backend, now, cancellationToken);
    }

    /// <summary>The oldest jobs that wait at a backend. At most two queries.</summary>
    /// <param name="most">How many of them are looked at.</param>
    /// <returns>First those in the queue in its order, each kind for itself, then those that something else keeps, oldest first.</returns>
    public static async Task<IReadOnlyList<QueuePlace>> OfBackendAsync(
        JobServerDb db, int backendId, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await WaitingBackend.ReadOldestAsync(db, backendId, most, now, cancellationToken) is not { } backend)
        {
            return [];
        }

        var places = await OfAsync(db, backend, now, cancellationToken);
        return [.. backend.Jobs.Select(job => (job.UsesDatabase, Place: places[job.Id]))
            .OrderBy(job => job.Place.Reason != WaitReason.InQueue)
            .ThenBy(job => job.Place.Reason == WaitReason.InQueue && job.UsesDatabase)
            .ThenBy(job => job.Place.Place ?? int.MaxValue)
            .Select(job => job.Place)];
    }

    private static async Task<Dictionary<string, QueuePlace>> OfAsync(
        JobServerDb db, WaitingBackend backend, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var places = new Dictionary<string, QueuePlace>(StringComparer.Ordinal);
        var queued = new List<WaitingJob>();
        foreach (var job in backend.Jobs)
        {
            if (backend.Hindrance(job, now) is var (reason, sentence))
            {
                places[job.Id] = new QueuePlace { JobId = job.Id, Reason = reason, Sentence = sentence };
            }
            else
            {
                queued.Add(job);
            }
        }

        if (queued.Count > 0)
        {
            await CountAsync(db, backend, queued, places, now, cancellationToken);
        }

        return places;
    }

    private static async Task CountAsync(
        JobServerDb db, WaitingBackend backend, List<WaitingJob> queued, Dictionary<string, QueuePlace> places, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var most = new ClaimLimits { Standard = backend.MostStandard ?? 0, Database = backend.MostDatabase ?? 0 };
        var rows = await BackendQueue.ReadAsync(db, backend.Id, now, most, Window, cancellationToken);
        foreach (var kind in queued.GroupBy(job => job.UsesDatabase))
        {
            var order = FairQueue.Order(rows, kind.Key)
                .Select((row, index) => (row.Id, Place: index + 1))
                .ToDictionary(row => row.Id!, row => row.Place, StringComparer.Ordinal);
            var name = kind.Key ? "database jobs" : "jobs";
            foreach (var job in kind)
            {
                int? place = order.TryGetValue(job.Id, out var counted) ? counted : null;
                places[job.Id] = new QueuePlace { JobId = job.Id, Reason = WaitReason.InQueue, Place = place, Sentence = SentenceOf(place, name) };
            }
        }
    }

    private static string SentenceOf(int? place, string kind) => place switch
    {
        null => $"Waiting for a free slot; more than {Window} {kind} of the same person and workspace come first",
        1 => $"Next in the queue of the backend's {kind}",
        { } number => $"{Ordinal(number)} in the queue of the backend's {kind}",
    };

    private static string Ordinal(int number) => (number % 100, number % 10) switch
    {
        ( >= 11 and <= 13, _) => $"{number}th",
        (_, 1) => $"{number}st",
        (_, 2) => $"{number}nd",
        (_, 3) => $"{number}rd",
        _ => $"{number}th",
    };
}
