using JobServer.Domain.Jobs;
using JobServer.Domain.Releases;
using JobServer.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Releases;

internal sealed class ReleaseFileMapping : IEntityTypeConfiguration<ReleaseFile>
{
    public void Configure(EntityTypeBuilder<ReleaseFile> builder)
    {
        builder.Property(file => file.Id).HasMaxLength(Release.IdLength).IsUnicode(false);
        builder.Property(file => file.ReleaseId).HasMaxLength(Release.IdLength).IsUnicode(false);
        builder.Property(file => file.Path).HasMaxLength(OutputFile.PathMaxLength);
        builder.Property(file => file.Digest).HasMaxLength(64).IsUnicode(false);
        builder.Property(file => file.CheckedWith).HasMaxLength(OutputFile.CheckedWithMaxLength).HasDefaultValue("");
        builder.Property(file => file.DeletedReason).HasMaxLength(ReleaseFile.ReasonMaxLength);
        builder.HasOne(file => file.DeletedBy).WithMany().HasForeignKey(file => file.DeletedById);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(file => file.WorkspaceId);
        builder.HasIndex(file => new { file.ReleaseId, file.Path }).IsUnique();
        builder.HasIndex(file => new { file.WorkspaceId, file.Path, file.CreatedAt });

        // When and by whom travel together.
        builder.ToTable(table => table.HasCheckConstraint(
            "CK_ReleaseFiles_Deleted", "(DeletedAt IS NULL AND DeletedById IS NULL) OR (DeletedAt IS NOT NULL AND DeletedById IS NOT NULL)"));
    }
}
