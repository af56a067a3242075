using System.Globalization;
using JobServer.Domain.Site;

namespace JobServer.Portal.Pages.Admin.Alerts;

/// <summary>What an admin types of an alert. Times are UTC.</summary>
internal sealed record AlertInput
{
    /// <summary>As browsers send a date with a time.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm";

    public AlertLevel Level { get; init; }

    public string? Title { get; init; }

    public string? Text { get; init; }

    /// <summary>Empty for at once.</summary>
    public string? Starts { get; init; }

    /// <summary>Empty until somebody ends it.</summary>
    public string? Ends { get; init; }

    /// <summary>Of the alert that the admin saw.</summary>
    public int Revision { get; init; }

    public static string NameOf(AlertLevel level) => level switch
    {
        AlertLevel.Information => "Information",
        AlertLevel.Warning => "Warning",
        AlertLevel.Problem => "Problem: something does not work",
    };

    public static string? Typed(DateTimeOffset? at) => at?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <returns>False for what is no date with a time; null for nothing typed.</returns>
    public static bool TryRead(string? typed, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrWhiteSpace(typed))
        {
            return true;
        }

        var isTime = DateTimeOffset.TryParseExact(
            typed.Trim(), [TimeFormat, "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read);
        at = isTime ? read : null;
        return isTime;
    }
}
