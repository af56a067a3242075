using System.Threading.Channels;

namespace JobServer.Data.Writing;

/// <summary>
/// Small writes that come from many callers at once share a commit: whatever is queued when one ends goes into the next.
/// Nobody waits to fill a group, and each caller returns after its own write is committed.
/// </summary>
/// <param name="write">One guarded statement for all items; returns a result for each, in their order.</param>
public sealed class GroupedWrites<TItem, TResult>(
    DatabaseWriter writer, Func<JobServerDb, IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> write)
{
    private const int Most = 128;

    // Each caller waits for its own item, so callers bound the queue.
    private readonly Channel<(TItem Item, TaskCompletionSource<TResult> Done)> _queue = Channel.CreateUnbounded<(TItem, TaskCompletionSource<TResult>)>();
    private int _isWriting;

    /// <summary>Returns when the item is committed. A cancelled caller stops waiting; its item may be written all the same.</summary>
    public async Task<TResult> RunAsync(TItem item, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Writer.TryWrite((item, done));
        _ = WriteQueuedAsync();
        await using var cancelled = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        return await done.Task;
    }

    /// <summary>One at a time writes for all. Never fails: each failure is its caller's.</summary>
    private async Task WriteQueuedAsync()
    {
        // Looked at again after the turn was given back: what came in between found it taken.
        while (_queue.Reader.TryPeek(out _) && Interlocked.Exchange(ref _isWriting, 1) == 0)
        {
            while (Take() is { Count: > 0 } group)
            {
                await WriteAsync(group);
            }

            // A full fence: a look at the queue that came before this was seen would miss an item whose caller found the turn taken.
            Interlocked.Exchange(ref _isWriting, 0);
        }
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
            // Not the token of any caller: the others of the group have not been cancelled.
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
