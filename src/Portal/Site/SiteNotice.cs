using JobServer.Domain.Site;

namespace JobServer.Portal.Site;

/// <summary>What everybody is told on every page at some moment.</summary>
internal sealed record SiteNotice(AlertLevel Level, string Title, string Text);
