using JobServer.Data;
using JobServer.Data.Backends;
using JobServer.Data.Redirects;
using JobServer.Domain;
using JobServer.Portal.Access;
using JobServer.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Backends;

/// <summary>The live part of the status page, and the state of one backend for monitors. Both read at most once a second.</summary>
internal sealed class BackendWatch(
    IDbContextFactory<JobServerDb> contexts, LiveStream stream, PartialRenderer renderer, TimeProvider timeProvider) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _one = new(1);
    private volatile BackendBoard? _last;

    public Task<IResult> LiveAsync(HttpContext context)
    {
        var me = context.Person()?.Id;
        return stream.ServeAsync(context, new LiveView
        {
            Keys = [],
            ReadAsync = async token => new LiveRevision((await ReadAsync(me, token)).Revision, Final: false),
            RenderAsync = async token => await renderer.RenderAsync(context, "/Pages/_Backends.cshtml", await ReadAsync(me, token)),
        });
    }

    public async Task<IResult> HealthAsync(HttpContext context, string backend)
    {
        var board = await LastAsync(context.RequestAborted);
        var card = board.Cards.FirstOrDefault(card => string.Equals(card.Slug, backend, StringComparison.OrdinalIgnoreCase));
        if (card is null)
            return await FormerAsync(context, backend);
        var health = BackendHealth.Of(card, board.Now);
        context.Response.Headers.CacheControl = "public, max-age=1";
        return Results.Json(health, statusCode: health.IsOnline ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Leads monitors on that know a slug from before a rename.</summary>
    private async Task<IResult> FormerAsync(HttpContext context, string backend)
    {
        if (Slug.Problem(backend) is not null)
            return Results.NotFound();
        await using var db = await contexts.CreateDbContextAsync(context.RequestAborted);
        if (await FormerAddresses.FindAsync(db, [FormerAddresses.PathOf(BackendWrites.Root, backend)], context.RequestAborted) is not { } former)
            return Results.NotFound();

        // The slug may get another owner.
        context.Response.Headers.CacheControl = "no-cache";
        return Results.LocalRedirect($"~/{former.Now}", permanent: true);
    }

    private async Task<BackendBoard> ReadAsync(int? me, CancellationToken cancellationToken)
    {
        if (me is null)
            return await LastAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new BackendBoard(await BackendCards.ReadAsync(db, me, cancellationToken), timeProvider.GetUtcNow());
    }

    /// <summary>What a visitor sees; many who ask in one second share one answer.</summary>
    private async Task<BackendBoard> LastAsync(CancellationToken cancellationToken)
    {
        if (IsFresh(_last))
            return _last!;
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (IsFresh(_last))
                return _last!;
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var board = new BackendBoard(await BackendCards.ReadAsync(db, me: null, cancellationToken), timeProvider.GetUtcNow());
            _last = board;
            return board;
        }
        finally
        {
            _one.Release();
        }
    }

    private bool IsFresh(BackendBoard? board) => board is not null && timeProvider.GetUtcNow() - board.Now < Fresh && timeProvider.GetUtcNow() >= board.Now;
}
