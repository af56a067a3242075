namespace JobServer.Portal.CodeHosts;

/// <summary>Who can see a repository, as far as one can know without a token.</summary>
public enum RepositoryVisibility
{
    /// <summary>The code host did not say, in time or at all.</summary>
    Unknown,

    Public,

    /// <summary>The code host shows it to nobody in particular: private, or no longer there. It does not tell these apart.</summary>
    NotPublic,
}
