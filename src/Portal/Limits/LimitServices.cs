using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Limits;

/// <summary>
/// Bounds what one person or address may ask, so that nobody's mistake or malice takes the site from the others. Each
/// process counts for itself.
/// </summary>
internal static class LimitServices
{
    private const int Segments = 6;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>After this, some of what was asked no longer counts.</summary>
    public static TimeSpan RetryAfter => Window / Segments;

    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        // Of the container, which ends it with the host.
        services.AddSingleton(_ => PartitionedRateLimiter.Create<HttpContext, string>(PartitionOf));
        return services;
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext context)
    {
        if (LimitOf(context) is not { } limit)
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        // Who signs in is nobody yet.
        var who = limit == Limit.SignIn ? Caller.NetworkOf(context) : Caller.Of(context);
        var most = context.RequestServices.GetRequiredService<IOptions<LimitOptions>>().Value.Of(limit);
        return RateLimitPartition.GetSlidingWindowLimiter(
            $"{limit} {who}",
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = most, Window = Window, SegmentsPerWindow = Segments, QueueLimit = 0 });
    }

    private static Limit? LimitOf(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            return Limit.Api;
        }

        var isLook = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return isLook ? null : context.GetEndpoint()?.Metadata.GetMetadata<LimitedAttribute>()?.Limit;
    }
}
