using System.ComponentModel.DataAnnotations;

namespace JobServer.Portal.Limits;

/// <summary>How much one person, or one address of a visitor, may ask in a minute: section <c>Portal:Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Portal:Limits";

    [Range(1, 100_000)]
    public int SignInsPerMinute { get; set; } = 20;

    [Range(1, 100_000)]
    public int SubmitsPerMinute { get; set; } = 30;

    [Range(1, 1_000_000)]
    public int ApiCallsPerMinute { get; set; } = 600;

    public int Of(Limit limit) => limit switch
    {
        Limit.SignIn => SignInsPerMinute,
        Limit.Submit => SubmitsPerMinute,
        Limit.Api => ApiCallsPerMinute,
    };
}
