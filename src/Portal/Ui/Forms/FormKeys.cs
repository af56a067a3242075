namespace JobServer.Portal.Ui.Forms;

/// <summary>
/// Answers a form that is sent twice with what the first one made. Kept in memory, and forgotten at a restart.
/// </summary>
internal abstract class FormKeys<TResult>
{
    public const int Length = 24;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Most = 5_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<TResult>> _results = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>For a form that is drawn now.</summary>
    public static string New(Random random) => new(random.GetItems<char>(Letters, Length));

    /// <summary>Runs <paramref name="act"/> unless the key was seen. What made nothing is forgotten: the form may be corrected.</summary>
    public async Task<TResult> OnceAsync(string key, Func<Task<TResult>> act)
    {
        Task<TResult>? earlier;
        TaskCompletionSource<TResult>? mine = null;
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
            var result = await act();
            if (!MadeSomething(result))
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

    protected abstract bool MadeSomething(TResult result);

    private void Add(string key, Task<TResult> result)
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
