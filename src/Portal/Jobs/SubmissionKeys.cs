namespace JobServer.Portal.Jobs;

/// <summary>
/// Answers a form that is sent twice with the request that the first one made. Kept in memory: after a restart the
/// planner still says that the actions are scheduled already.
/// </summary>
internal sealed class SubmissionKeys
{
    public const int Length = 24;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Most = 5_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<JobSubmissionResult>> _results = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>For a form that is drawn now.</summary>
    public static string New(Random random) => new(random.GetItems<char>(Letters, Length));

    /// <summary>Runs <paramref name="submit"/> unless the key was seen. What made no request is forgotten: the form may be corrected.</summary>
    public async Task<JobSubmissionResult> OnceAsync(string key, Func<Task<JobSubmissionResult>> submit)
    {
        Task<JobSubmissionResult>? earlier;
        TaskCompletionSource<JobSubmissionResult>? mine = null;
        lock (_lock)
        {
            if (!_results.TryGetValue(key, out earlier))
            {
                mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
                Add(key, mine.Task);
            }
        }

        if (mine is null)
            return await earlier!;
        try
        {
            var result = await submit();
            if (result is not (JobSubmissionResult.Submitted or JobSubmissionResult.NothingToDo))
                Forget(key);
            mine.SetResult(result);
            return result;
        }
        catch (Exception exception)
        {
            Forget(key);
            mine.SetException(exception);
            _ = mine.Task.Exception;
            throw;
        }
    }

    private void Add(string key, Task<JobSubmissionResult> result)
    {
        _results.Add(key, result);
        _order.Enqueue(key);
        if (_order.Count > Most)
            _results.Remove(_order.Dequeue());
    }

    private void Forget(string key)
    {
        lock (_lock)
        {
            _results.Remove(key);
        }
    }
}
