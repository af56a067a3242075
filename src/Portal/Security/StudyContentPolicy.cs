namespace JobServer.Portal.Security;

/// <summary>Marks a response as made by a study: everything in it is hostile.</summary>
internal static class StudyContentPolicy
{
    /// <summary>Call before the first byte of a file that a study produced is written.</summary>
    public static void UseStudyContentPolicy(this HttpContext context) =>
        context.Features.Set(ContentPolicy.StudyContent);
}
