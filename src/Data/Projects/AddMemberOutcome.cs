namespace JobServer.Data.Projects;

public enum AddMemberOutcome
{
    Added,

    /// <summary>They are a member already; nothing was written.</summary>
    IsMember,

    /// <summary>The project is not there, or the person is not or cannot sign in.</summary>
    NotThere,
}
