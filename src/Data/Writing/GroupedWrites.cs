using System.Threading.Channels;

namespace JobServer.Data.Writing;

/// <summary>
/// Small writes that come from many callers at once share a commit: whatever is queued when one ends goes into the next.
/// Nobody waits to fill a group, and each caller returns after its own write is committed.
/// </summary>
/// <param name="write">One guarded statement for all items; returns a result for each, in their order.</param>
#pragma warning disable CA1001 // It lives as long as its owner, and its semaphore holds nothing of the system.
public sealed class GroupedWrites<TItem, TResult>(
    DatabaseWriter writer, Func<JobServerDb, IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> write)
#pragma warning restore CA1001
{
    private const int Most = 128;

    // Each caller waits for its own item, so callers bound the queue.
    private readonly Channel<(TItem Item, TaskCompletionSource<TResult> Done)> _queue = Channel.CreateUnbounded<(TItem, TaskCompletionSource<TResult>)>();
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Returns when the item is committed. A cancelled caller stops waiting; its item may be written all the same.</summary>
    public async Task<TResult> RunAsync(TItem item, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Writer.TryWrite((item, done));
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (!done.Task.IsCompleted && Take() is { Count: > 0 } group)
            {
                await WriteAsync(group);
            }
        }
        finally
        {
            _turn.Release();
        }

        return await done.Task;
    }

    private List<(TItem Item, TaskCompletionSource<TResult> Done)> Take()
    {
        var group = new List<(TItem, TaskCompletionSource<TResult>)>();
        while (group.Count < Most && _queue.Reader.TryRead(out var next))
        {
            group.Add(next);
        }

        return group;
    }

    private async Task WriteAsync(IReadOnlyList<(TItem Item, TaskCompletionSource<TResult> Done)> group)
    {
        try
        {
            // Not the leader's token: the others of the group have not been cancelled.
            IReadOnlyList<TItem> items = [.. group.Select(pair => pair.Item)];
            var results = await writer.RunAsync((db, token) => write(db, items, token), CancellationToken.None);
            for (var index = 0; index < group.Count; index++)
            {
                group[index].Done.TrySetResult(results[index]);
            }
        }
        catch (Exception) when (group.Count > 1)
        {
            // One bad item must not hurt the others.
            foreach (var pair in group)
            {
                await WriteAsync([pair]);
            }
        }
        catch (Exception exception)
        {
            group[0].Done.TrySetException(exception);
        }
    }
}
