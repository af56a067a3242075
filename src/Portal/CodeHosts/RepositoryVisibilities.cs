using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace JobServer.Portal.CodeHosts;

/// <summary>
/// Whether repositories are public, asked without anybody's token and kept for a while. A page waits for the answers
/// only a moment: what comes later is there for the next one.
/// </summary>
internal sealed class RepositoryVisibilities(TimeProvider time, IHostApplicationLifetime lifetime) : IDisposable
{
    private const int MostKept = 5_000;
    private const int MostAtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(30);
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly ConcurrentDictionary<string, Task<RepositoryVisibility>> _asked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By address. Repositories of hosts where everything can be read by everybody are left out.</summary>
    public async Task<IReadOnlyDictionary<string, RepositoryVisibility>> LookAsync(IEnumerable<CodePlace> places, CancellationToken cancellation)
    {
        var answers = places.Where(place => place.Host.TakesTokens)
            .DistinctBy(KeyOf, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(KeyOf, KnownAsync, StringComparer.OrdinalIgnoreCase);
        try
        {
            await Task.WhenAll(answers.Values).WaitAsync(Patience, time, cancellation);
        }
        catch (TimeoutException)
        {
            // The page says that it does not know.
        }

        return answers.ToDictionary(
            pair => pair.Key, pair => pair.Value is { IsCompletedSuccessfully: true } known ? known.Result : RepositoryVisibility.Unknown,
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Null where everything can be read by everybody.</summary>
    public async Task<RepositoryVisibility?> FindAsync(CodePlace place, CancellationToken cancellation) =>
        (await LookAsync([place], cancellation)).Values.Cast<RepositoryVisibility?>().SingleOrDefault();

    public void Dispose() => _known.Dispose();

    private Task<RepositoryVisibility> KnownAsync(CodePlace place)
    {
        var key = KeyOf(place);
        if (_known.TryGetValue<RepositoryVisibility>(key, out var known))
            return Task.FromResult(known);
        if (_asked.TryGetValue(key, out var asked))
            return asked;
        return _asked.Count >= MostAtOnce
            ? Task.FromResult(RepositoryVisibility.Unknown)
            : _asked.GetOrAdd(key, _ => AskAsync(key, place));
    }

    private async Task<RepositoryVisibility> AskAsync(string key, CodePlace place)
    {
        // What is asked must be in the dictionary before it can be taken out.
        await Task.Yield();
        try
        {
            // Not the page's own token: the answer is for everybody who looks.
            var found = await place.Host.LookAsync(place.Repository, token: null, lifetime.ApplicationStopping);
            var visibility = found switch
            {
                { Value: { } sight } => sight.IsPrivate ? RepositoryVisibility.NotPublic : RepositoryVisibility.Public,
                { Problem.Failure: CodeHostFailure.RepositoryNotFoundOrPrivate } => RepositoryVisibility.NotPublic,
                _ => RepositoryVisibility.Unknown,
            };
            _known.Set(key, visibility, new MemoryCacheEntryOptions
            {
                Size = 1,
                AbsoluteExpirationRelativeToNow = visibility == RepositoryVisibility.Unknown ? UnknownFor : KnownFor,
            });
            return visibility;
        }
        finally
        {
            _asked.TryRemove(key, out _);
        }
    }

    private static string KeyOf(CodePlace place) => place.Repository.Address.AbsoluteUri;
}
