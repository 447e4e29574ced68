using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Areas;
using ClusterNet.Skills.Audits;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Catalogue.Intake;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using ClusterNet.Skills.Occupations;
using ClusterNet.Skills.OwnSkills;
using ClusterNet.Skills.Profiles;

namespace ClusterNet.Skills;

/// <summary>The generated serializer of this module's events.</summary>
[JsonSerializable(typeof(SkillImported))]
[JsonSerializable(typeof(SkillRevised))]
[JsonSerializable(typeof(SkillListed))]
[JsonSerializable(typeof(SkillChanged))]
[JsonSerializable(typeof(SkillRetired))]
[JsonSerializable(typeof(SkillReplaced))]
[JsonSerializable(typeof(SkillRestored))]
[JsonSerializable(typeof(OccupationImported))]
[JsonSerializable(typeof(OccupationRetired))]
[JsonSerializable(typeof(CatalogueTakenIn))]
[JsonSerializable(typeof(LanguageTakenIn[]))]
[JsonSerializable(typeof(PartTakenIn[]))]
[JsonSerializable(typeof(UsedSkillGone[]))]
[JsonSerializable(typeof(UseCount[]))]
[JsonSerializable(typeof(SkillTexts[]))]
[JsonSerializable(typeof(SkillWords[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(RoleProfileDrawnUp))]
[JsonSerializable(typeof(RoleProfileChanged))]
[JsonSerializable(typeof(RoleProfileRetired))]
[JsonSerializable(typeof(RoleProfileGiven))]
[JsonSerializable(typeof(RoleProfileTakenBack))]
[JsonSerializable(typeof(SkillLevelClaimed))]
[JsonSerializable(typeof(SkillClaimWithdrawn))]
[JsonSerializable(typeof(SkillLevelsRated))]
[JsonSerializable(typeof(SkillEvidenceShown))]
[JsonSerializable(typeof(SkillEvidenceEnded))]
[JsonSerializable(typeof(AuditOpened))]
[JsonSerializable(typeof(AuditFirmJoined))]
[JsonSerializable(typeof(AuditFirmDeclined))]
[JsonSerializable(typeof(AuditPeersChosen))]
[JsonSerializable(typeof(AuditDeadlineMoved))]
[JsonSerializable(typeof(AuditReminded))]
[JsonSerializable(typeof(AuditPersonLeft))]
[JsonSerializable(typeof(AuditClosed))]
[JsonSerializable(typeof(AuditCancelled))]
[JsonSerializable(typeof(RatingSaved))]
[JsonSerializable(typeof(RatingSent))]
[JsonSerializable(typeof(AuditProfile[]))]
[JsonSerializable(typeof(Participant[]))]
[JsonSerializable(typeof(RequiredSkill[]))]
[JsonSerializable(typeof(SheetAnswer[]))]
[JsonSerializable(typeof(SheetComment[]))]
[JsonSerializable(typeof(ValueList<SheetAnswer>))]
[JsonSerializable(typeof(ValueList<SheetComment>))]
[JsonSerializable(typeof(ValueList<int>))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(Id<Person>[]))]
[JsonSerializable(typeof(Id<Firm>[]))]
[JsonSerializable(typeof(Id<RoleProfile>[]))]
[JsonSerializable(typeof(AreaSkillAdded))]
[JsonSerializable(typeof(AreaSkillRemoved))]
[JsonSerializable(typeof(AreaSkillReset))]
[JsonSerializable(typeof(AreaNamed))]
[JsonSerializable(typeof(AreaClosed))]
[JsonSerializable(typeof(AreasRestored))]
[JsonSerializable(typeof(AreasPutBack))]
[JsonSerializable(typeof(AreaName[]))]
[JsonSerializable(typeof(AreaRule[]))]
[JsonSerializable(typeof(OwnArea[]))]
[JsonSerializable(typeof(OwnSkillProposed))]
[JsonSerializable(typeof(OwnSkillReworded))]
[JsonSerializable(typeof(OwnSkillAccepted))]
[JsonSerializable(typeof(OwnSkillDeclined))]
[JsonSerializable(typeof(OwnSkillReturned))]
[JsonSerializable(typeof(OwnSkillMapped))]
[JsonSerializable(typeof(OwnSkillUnmapped))]
[JsonSerializable(typeof(OwnSkillRetired))]
[JsonSerializable(typeof(OwnSkillMerged))]
[JsonSerializable(typeof(OwnSkillUnmerged))]
[JsonSerializable(typeof(OwnSkillTookOver))]
[JsonSerializable(typeof(OwnSkillGaveBack))]
[JsonSerializable(typeof(OwnSkillWords[]))]
internal sealed partial class SkillsJson : JsonSerializerContext;
