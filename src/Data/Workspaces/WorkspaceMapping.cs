using JobServer.Domain;
using JobServer.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Workspaces;

internal sealed class WorkspaceMapping : IEntityTypeConfiguration<Workspace>
{
    public void Configure(EntityTypeBuilder<Workspace> builder)
    {
        builder.Property(workspace => workspace.Slug).HasMaxLength(Slug.MaxLength);
        builder.Property(workspace => workspace.Repository).HasMaxLength(Workspace.RepositoryMaxLength);
        builder.Property(workspace => workspace.Branch).HasMaxLength(Workspace.BranchMaxLength);
        builder.HasIndex(workspace => workspace.Slug).IsUnique();
        builder.HasOne(workspace => workspace.CreatedBy).WithMany().HasForeignKey(workspace => workspace.CreatedById);
    }
}
