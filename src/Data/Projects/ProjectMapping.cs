using JobServer.Domain;
using JobServer.Domain.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Projects;

internal sealed class ProjectMapping : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.Property(project => project.Name).HasMaxLength(Project.NameMaxLength);
        builder.Property(project => project.Number).HasMaxLength(Project.NumberMaxLength);
        builder.Property(project => project.StatusNote).HasMaxLength(Project.StatusNoteMaxLength);
        builder.Property(project => project.Slug).HasMaxLength(Slug.MaxLength);
        builder.HasIndex(project => new { project.OrganisationId, project.Slug }).IsUnique();
        builder.HasIndex(project => project.Number).IsUnique();
    }
}
