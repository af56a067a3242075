namespace JobServer.Portal.Projects;

/// <summary>Something that a person needs before jobs can run, and who can help.</summary>
/// <param name="Text">What is missing and who can change that.</param>
/// <param name="Link">What to open for it; null where there is nothing to open.</param>
/// <param name="Address">Where that is.</param>
internal sealed record MissingStep(string Text, string? Link = null, string? Address = null);
