using JobServer.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Audit;

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.HasKey(entry => entry.Sequence);
        builder.Property(entry => entry.Sequence).ValueGeneratedNever();
        builder.Property(entry => entry.Subject).HasMaxLength(200);
        builder.Property(entry => entry.PreviousHash).HasMaxLength(64).IsUnicode(false);
        builder.Property(entry => entry.Hash).HasMaxLength(64).IsUnicode(false);
        builder.HasIndex(entry => entry.Subject);
        builder.HasIndex(entry => entry.ActorId);
        builder.HasIndex(entry => entry.Act);
    }
}
