using System.Globalization;
using System.Threading.RateLimiting;
using JobServer.Portal.Errors;

namespace JobServer.Portal.Limits;

/// <summary>
/// Lets through what is within the limits. In place of the framework's middleware, which makes a limiter for policies of
/// endpoints that nothing here has, and whose timer keeps a host that was stopped, with all it holds, for ever.
/// </summary>
internal sealed class LimitMiddleware(RequestDelegate next, PartitionedRateLimiter<HttpContext> limiter)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }

        var seconds = (int)LimitServices.RetryAfter.TotalSeconds;
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Features.Set(new PageProblem(
            "Too many requests",
            $"Nothing was done, because so much was asked in the last minute. Wait {seconds} seconds, then send it again."));
    }
}
