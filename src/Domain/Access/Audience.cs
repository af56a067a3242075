namespace JobServer.Domain.Access;

/// <summary>Who needs no role for a permission.</summary>
public enum Audience
{
    /// <summary>Only people with one of the roles.</summary>
    RolesOnly,

    /// <summary>Everybody, signed in or not.</summary>
    Visitor,

    SignedIn,

    /// <summary>Everybody who belongs to the project.</summary>
    Member,
}
