namespace JobServer.Domain.Users;

/// <summary>A person who can sign in. Known by GitHub's numeric id; the login may change.</summary>
public sealed class User
{
    public const int LoginMaxLength = 100;
    public const int NameMaxLength = 200;
    public const int EmailMaxLength = 254;
    public const int PictureAddressMaxLength = 400;

    public int Id { get; init; }

    /// <summary>Null for a demo person, who never came from GitHub.</summary>
    public long? GitHubId { get; set; }

    public required string Login { get; set; }

    public required string FullName { get; set; }

    public string? Email { get; set; }

    /// <summary>Where notifications go when it differs from <see cref="Email"/>; used only once verified.</summary>
    public string? NotificationsEmail { get; set; }

    /// <summary>Asked for as <see cref="NotificationsEmail"/>; takes its place when the link that was sent there is followed.</summary>
    public string? UnverifiedEmail { get; set; }

    public DateTimeOffset? UnverifiedEmailAt { get; set; }

    public NotificationChoice NotifyOf { get; set; }

    /// <summary>Where the code host keeps the person's picture; the server fetches it, browsers never do.</summary>
    public string? PictureAddress { get; set; }

    public bool IsActive { get; set; } = true;

    public DateTimeOffset? DeactivatedAt { get; set; }

    public int? DeactivatedById { get; set; }

    /// <summary>When the code host was first seen to know the account no more; null while it does, or nobody asked.</summary>
    public DateTimeOffset? GoneFromHostAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Revision { get; set; }

    public List<UserRole> Roles { get; } = [];

    public string? NotificationAddress => NotificationsEmail ?? Email;
}
