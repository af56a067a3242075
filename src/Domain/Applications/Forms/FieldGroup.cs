namespace JobServer.Domain.Applications.Forms;

/// <summary>Fields that belong together.</summary>
/// <param name="Legend">Empty where the page's title says it.</param>
public sealed record FieldGroup(string Legend, params IReadOnlyList<FormField> Fields);
