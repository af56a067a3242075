namespace JobServer.Portal.Backends;

/// <summary>All backends at one moment, as the status page and its live part show them.</summary>
internal sealed record BackendBoard(IReadOnlyList<BackendCard> Cards, DateTimeOffset Now)
{
    /// <summary>Changes with anything that is shown; when a backend was last seen is shown by the half minute.</summary>
    public long Revision
    {
        get
        {
            var hash = 17L;
            foreach (var card in Cards)
            {
                var age = card.LastSeenAt is { } seen ? (long)((Now - seen) / BackendCard.SilentAfter) : -1;
                hash = (hash * 31) + HashCode.Combine(card.Slug, card.Name, card.Mode, card.ModeMessage, card.RunningJobs, card.PendingJobs, card.IsMine, age);
            }

            return hash & long.MaxValue;
        }
    }
}
